package io.evenstep.driver.cli.session;

import io.evenstep.driver.control.TemporaryException;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.DivergedException;
import io.evenstep.model.StorageException;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ParameterException;

/** Exit codes of commands, following BSD's sysexits. */
public enum ExitCode {
  DONE(0),
  USAGE(64),
  BAD_DATA(65),
  INTERNAL(70),
  TEMPORARY(75),
  BAD_CONFIG(78),
  GATE_NOT_MET(79);

  public final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The meaning of a code: {@code 78: bad config}. */
  public static String words(int number) {
    return Arrays.stream(values())
        .filter(code -> code.number == number)
        .map(code -> number + ": " + code.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .findFirst()
        .orElseGet(() -> String.valueOf(number));
  }

  /** The code of a failure, from the first cause that names a remedy. */
  public static ExitCode of(Throwable failure) {
    return of(remedy(failure), failure);
  }

  private static ExitCode of(Throwable remedy, Throwable failure) {
    if (remedy instanceof ConfigException) {
      return BAD_CONFIG;
    } else if (remedy instanceof DataException) {
      return BAD_DATA;
    } else if (remedy instanceof TemporaryException || remedy instanceof StorageException) {
      return TEMPORARY;
    } else if (remedy instanceof DivergedException) {
      return GATE_NOT_MET;
    }
    return failure instanceof ParameterException ? USAGE : INTERNAL;
  }

  /** The first exception in the chain of causes that names a remedy; else the failure itself. */
  public static Throwable remedy(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigException
          || cause instanceof DataException
          || cause instanceof TemporaryException
          || cause instanceof StorageException
          || cause instanceof DivergedException) {
        return cause;
      }
    }
    return failure;
  }
}
