/**
 * The session in which the reviewer role is assumed, always the same. CodeCommit lets only the identity that wrote a comment
 * change it (`UpdateComment`, Service Authorization Reference), and knows roles by their sessions: under the names that
 * CodeBuild gives its sessions, every build would be somebody else.
 */
export const REVIEWER_SESSION = 'review';
