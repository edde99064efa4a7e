package io.evenstep.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Collectors;

/** Why something failed, in words for a message: Java's own exceptions often have no message. */
public final class Reason {
  private Reason() {}

  /** The exception's message; when that is missing or only a file name, words for its class. */
  public static String of(Throwable failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "access is denied";
    }
    if (failure instanceof JsonProcessingException json) {
      return ofJson(json);
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

  /** Names the place in the JSON, instead of the class that could not be read from it. */
  private static String ofJson(JsonProcessingException failure) {
    if (failure instanceof JsonMappingException mapping) {
      return mapping.getCause() instanceof IllegalArgumentException rule
          ? of(rule)
          : place(mapping) + " is missing or has the wrong type";
    }
    int line = failure.getLocation() == null ? 1 : failure.getLocation().getLineNr();
    String what = String.valueOf(failure.getOriginalMessage()).lines().findFirst().orElse("");
    return "it is not JSON, line " + line + ": " + what.replaceFirst(" \\(start marker.*", "");
  }

  private static String place(JsonMappingException failure) {
    String path =
        failure.getPath().stream()
            .map(
                at ->
                    at.getFieldName() == null ? "[" + at.getIndex() + "]" : "." + at.getFieldName())
            .collect(Collectors.joining())
            .replaceFirst("^\\.", "");
    return path.isEmpty() ? "something in it" : path;
  }
}
