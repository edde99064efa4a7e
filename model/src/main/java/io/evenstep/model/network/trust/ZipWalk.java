package io.evenstep.model.network.trust;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Walks through a zip that may be from anywhere. A name must not occur twice, and skipped content
 * has a limit, so that a small file cannot keep the reader busy forever.
 */
public final class ZipWalk {
  /** Enough for the parts of any network that fits one byte array. */
  public static final long MOST_BYTES_PASSED = 4L << 30;

  private static final int BUFFER_BYTES = 1 << 16;

  private final String file;
  private final long mostBytesPassed;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Set<String> names = new HashSet<>();

  /** Handles entries. */
  public interface Visitor {
    /**
     * Reads one entry, or part of it.
     *
     * @return whether to continue
     * @throws IOException when {@code content} fails
     */
    boolean visit(String name, InputStream content) throws IOException;
  }

  /**
   * A walk through one file.
   *
   * @param file its name in messages
   * @param mostBytesPassed how many unpacked bytes the visitor may leave unread
   */
  public ZipWalk(String file, long mostBytesPassed) {
    this.file = file;
    this.mostBytesPassed = mostBytesPassed;
  }

  /**
   * Visits the entries in order. The caller closes {@code in}.
   *
   * @throws ConfigException when the zip is damaged, holds a name twice, or has too much to skip
   * @throws IOException when {@code in} fails
   */
  public void walk(InputStream in, Visitor visitor) throws IOException {
    ZipInputStream zip = new ZipInputStream(in);
    long left = mostBytesPassed;
    try {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        require(names.add(e.getName()), "it holds " + e.getName() + " twice");
        if (!visitor.visit(e.getName(), zip)) {
          return;
        }
        left = passed(zip, left);
      }
    } catch (ZipException | EOFException e) {
      throw new ConfigException(problem("it is damaged, " + Reason.of(e)), e);
    }
  }

  private long passed(InputStream rest, long limit) throws IOException {
    long left = limit;
    for (int count = rest.read(buffer); count >= 0; count = rest.read(buffer)) {
      left -= count;
      require(
          left >= 0, "it unpacks to more than " + mostBytesPassed + " bytes of unknown content");
    }
    return left;
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new ConfigException(problem(problem));
    }
  }

  private String problem(String problem) {
    return "Cannot restore the network from " + file + ": " + problem;
  }
}
