package io.evenstep.model;

import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why something failed, in words for a message: Java's own failures often have none. */
public final class Reason {
  private Reason() {}

  /** The failure's message, or what its kind says where it has none, or a mere file name. */
  public static String of(Throwable failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "access is denied";
    }
    String message = failure.getMessage();
    if (message != null && !message.isBlank()) {
      return message;
    }
    if (failure instanceof ClosedChannelException) {
      return "the connection was closed";
    }
    if (failure instanceof EOFException) {
      return "it ends too early";
    }
    return failure.getClass().getSimpleName();
  }
}
