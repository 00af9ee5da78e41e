/**
 * The session in which the reviewer role is assumed, always the same. CodeCommit lets the author of a comment change it, and
 * the author is the session, not the role: under the names that CodeBuild gives its sessions every build would be somebody else.
 */
export const REVIEWER_SESSION = 'review';
