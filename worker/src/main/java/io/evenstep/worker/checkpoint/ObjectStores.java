package io.evenstep.worker.checkpoint;

import java.util.Arrays;
import org.apache.hadoop.fs.FileSystem;

/**
 * Which file systems are object stores. There an object appears, complete, when its writer closes
 * it, and a rename copies every byte (of a folder, object by object). So nothing is renamed on
 * them.
 */
public final class ObjectStores {
  /** Hadoop's setting that lists their schemes, separated by commas. */
  public static final String SCHEMES = "evenstep.objectStores";

  // Azure's abfs is not an object store: it renames atomically, and shows a file before it is
  // closed.
  private static final String KNOWN = "s3a,s3,s3n,gs,oss,cosn,obs";

  private ObjectStores() {}

  /** Whether a file system is an object store. */
  public static boolean include(FileSystem files) {
    String schemes = files.getConf().get(SCHEMES, KNOWN);
    return Arrays.asList(schemes.split(" *, *")).contains(files.getUri().getScheme());
  }
}
