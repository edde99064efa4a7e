package io.evenstep.model;

/**
 * The data cannot be used as it is; to remedy it, fix the data. The message names the file, row and
 * column where they are known.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names what cannot be read and the rule it breaks. */
  public DataException(String message) {
    super(message);
  }

  /** Names what cannot be read, and the cause. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
