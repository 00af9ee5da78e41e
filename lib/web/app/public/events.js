'use strict';

const form = document.getElementById('event');
const outcome = document.getElementById('outcome');
const button = form.querySelector('button');

form.addEventListener('submit', async (submission) => {
  submission.preventDefault();
  const fields = new FormData(form);
  const note = fields.get('note');
  const event = { name: fields.get('name'), ...(note === '' ? {} : { attributes: { note } }) };
  button.disabled = true;
  try {
    const response = await fetch('/events', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(event),
    });
    const answer = await response.json();
    outcome.textContent = response.ok ? `Recorded as ${answer.id}.` : `Not recorded: ${answer.error}.`;
  } catch {
    outcome.textContent = 'Not known to be recorded: no answer that can be read.';
  } finally {
    button.disabled = false;
  }
});
