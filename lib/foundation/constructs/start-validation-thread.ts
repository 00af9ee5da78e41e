// For its effect, as the first import of the app: what is imported after it is loaded while the thread starts.
import { startValidationThread } from './validation-thread';

startValidationThread();
