/** Headers whose values are credentials: they appear neither in logs nor in samples. */
export const SECRET_HEADERS = ['authorization', 'cookie'] as const;
