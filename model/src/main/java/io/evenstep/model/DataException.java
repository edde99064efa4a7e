package io.evenstep.model;

/**
 * The data cannot be used as it stands; its remedy is to fix the data. The message names the file,
 * the row and the column where there are such.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names what cannot be read and the rule it breaks. */
  public DataException(String message) {
    super(message);
  }

  /** Names what cannot be read, and what brought it on. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
