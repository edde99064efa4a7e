package io.evenstep.driver.data.file;

import java.io.IOException;

/** A line is longer than a task may hold in memory. */
public final class LineTooLongException extends IOException {
  private static final long serialVersionUID = 1L;

  public LineTooLongException(int most) {
    super("a line must have at most " + most + " bytes, got more");
  }
}
