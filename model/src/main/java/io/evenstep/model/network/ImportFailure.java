package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Reason;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;

/**
 * Translates what DL4J, its importers, HDF5 and ND4J throw while a network is read or created. They
 * also throw errors: a damaged length becomes an array that no heap can hold.
 */
final class ImportFailure {
  /** Advice to DL4J's users at the end of DL4J's messages. */
  private static final Pattern THEIR_ADVICE =
      Pattern.compile("\\s*(Please file an issue at|For more information,? see) \\S+");

  private static final Pattern HDF5 = Pattern.compile("\\bH5\\w+ failed|HDF5 attribute");

  private ImportFailure() {}

  /** Work that may throw their exceptions. */
  interface Work<T> {
    T done() throws Exception;
  }

  /**
   * Does the work.
   *
   * @param what the beginning of the message, such as {@code Cannot read the Keras network a.h5}
   * @throws ConfigException one of ours unchanged; anything else translated, after {@code what}
   */
  static <T> T tried(String what, Work<T> work) {
    try {
      return work.done();
    } catch (ConfigException e) {
      throw e;
    } catch (Exception | OutOfMemoryError | StackOverflowError | LinkageError e) {
      throw of(what, e);
    }
  }

  /** The failure, translated. */
  static ConfigException of(String what, Throwable failure) {
    return new ConfigException(what + ": " + words(failure), failure);
  }

  /** The reason, without DL4J's advice to its users. */
  static String words(Throwable failure) {
    if (failure instanceof OutOfMemoryError || failure instanceof NegativeArraySizeException) {
      return "it needs more memory than there is, " + Reason.of(failure);
    } else if (failure instanceof StackOverflowError) {
      return "it is nested too deeply";
    } else if (failure instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    } else if (failure instanceof NullPointerException || failure instanceof ClassCastException) {
      return "a value is missing or has the wrong type";
    }
    String theirs = THEIR_ADVICE.matcher(Reason.of(failure).strip()).replaceAll("");
    if (theirs.contains("H5Aopen")) {
      return "it has no network configuration, perhaps only weights; save both with"
          + " model.save(\"network.h5\")";
    } else if (theirs.contains("H5Fopen")) {
      return "it is truncated, or not an HDF5 file; save it again with model.save(\"network.h5\")";
    } else if (HDF5.matcher(theirs).find()) {
      return "it is damaged or has no weights ("
          + theirs
          + "); save it again with model.save(\"network.h5\")";
    }
    return theirs;
  }
}
