package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Reason;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;

/**
 * The one place that says in our words what DL4J, its importers, HDF5 and ND4J throw while a
 * network is read or made. They throw errors too: a damaged length becomes an array that no heap
 * can hold.
 */
final class ImportFailure {
  /** What DL4J's messages tell its own users to do. */
  private static final Pattern THEIR_ADVICE =
      Pattern.compile("\\s*(Please file an issue at|For more information,? see) \\S+");

  private static final Pattern HDF5 = Pattern.compile("\\bH5\\w+ failed|HDF5 attribute");

  private ImportFailure() {}

  /** What may fail in their ways. */
  interface Work<T> {
    T done() throws Exception;
  }

  /**
   * Does what may fail.
   *
   * @param what cannot be done then, such as {@code Cannot read the Keras network a.h5}
   * @throws ConfigException of ours as it is; whatever else is thrown, after {@code what}
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

  /** The failure in our words. */
  static ConfigException of(String what, Throwable failure) {
    return new ConfigException(what + ": " + words(failure), failure);
  }

  /** Why, without what DL4J tells its own users to do. */
  static String words(Throwable failure) {
    if (failure instanceof OutOfMemoryError || failure instanceof NegativeArraySizeException) {
      return "it asks for more memory than there is, " + Reason.of(failure);
    } else if (failure instanceof StackOverflowError) {
      return "it is nested without end";
    } else if (failure instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    } else if (failure instanceof NullPointerException || failure instanceof ClassCastException) {
      return "a value in it is missing, or of the wrong kind";
    }
    String theirs = THEIR_ADVICE.matcher(Reason.of(failure).strip()).replaceAll("");
    if (theirs.contains("H5Aopen")) {
      return "it describes no network, and may hold weights alone; write both with"
          + " model.save(\"network.h5\")";
    } else if (theirs.contains("H5Fopen")) {
      return "it is cut short, or no HDF5 file; write it anew with model.save(\"network.h5\")";
    } else if (HDF5.matcher(theirs).find()) {
      return "it is damaged or has no weights, "
          + theirs
          + "; write it anew with model.save(\"network.h5\")";
    }
    return theirs;
  }
}
