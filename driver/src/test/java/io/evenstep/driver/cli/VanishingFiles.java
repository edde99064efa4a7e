package io.evenstep.driver.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;

/**
 * The local disk as {@code vanishing:///}, whose data files can be opened only a limited number of
 * times.
 */
public final class VanishingFiles extends RawLocalFileSystem {
  private static final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
  private static volatile Way way = Way.DELETED;

  /** Hadoop creates one for each scheme. */
  public VanishingFiles() {}

  /** What happens to a file. */
  enum Way {
    /** Somebody has deleted it. */
    DELETED,
    /** Somebody has changed its permissions. */
    FORBIDDEN,
    /** Its disk has a bad block. */
    BROKEN
  }

  /** The first openings succeed; all later ones fail. */
  static void failAfter(int openings, Way as) {
    way = as;
    left.set(openings);
  }

  /** From now on nothing fails. */
  static void heal() {
    left.set(Integer.MAX_VALUE);
  }

  /** Whether an opening has failed. */
  static boolean hasFailed() {
    return left.get() < 0;
  }

  @Override
  public URI getUri() {
    return URI.create("vanishing:///");
  }

  @Override
  public String getScheme() {
    return "vanishing";
  }

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    super.initialize(getUri(), conf);
  }

  @Override
  public FSDataInputStream open(Path path, int buffer) throws IOException {
    if (left.decrementAndGet() < 0) {
      throw switch (way) {
        case DELETED -> new FileNotFoundException("File " + path + " does not exist");
        case FORBIDDEN -> new AccessControlException("Permission denied");
        case BROKEN -> new IOException("Input/output error");
      };
    }
    return super.open(path, buffer);
  }
}
