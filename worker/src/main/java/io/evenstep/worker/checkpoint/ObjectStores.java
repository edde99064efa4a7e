package io.evenstep.worker.checkpoint;

import java.util.Arrays;
import org.apache.hadoop.fs.FileSystem;

/**
 * Which file systems are object stores: there an object appears whole when its writer closes it,
 * and a rename is a copy of every byte, of a folder object by object. On them nothing is renamed.
 */
public final class ObjectStores {
  /** Hadoop's setting that names their schemes, with commas between. */
  public static final String SCHEMES = "evenstep.objectStores";

  // Azure's abfs is not one of them: it renames at once, and shows a file before it is closed.
  private static final String KNOWN = "s3a,s3,s3n,gs,oss,cosn,obs";

  private ObjectStores() {}

  /** Whether a file system is one. */
  public static boolean include(FileSystem files) {
    String schemes = files.getConf().get(SCHEMES, KNOWN);
    return Arrays.asList(schemes.split(" *, *")).contains(files.getUri().getScheme());
  }
}
