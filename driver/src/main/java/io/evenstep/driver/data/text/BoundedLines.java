package io.evenstep.driver.data.text;

import io.evenstep.driver.data.file.LineTooLongException;
import io.evenstep.driver.data.file.SourceFiles;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Seekable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.SplitCompressionInputStream;
import org.apache.hadoop.io.compress.SplittableCompressionCodec;
import org.apache.hadoop.mapreduce.lib.input.CompressedSplitLineReader;
import org.apache.hadoop.mapreduce.lib.input.SplitLineReader;
import org.apache.hadoop.mapreduce.lib.input.UncompressedSplitLineReader;
import org.jspecify.annotations.Nullable;

/**
 * The lines that begin in one slice of a file, split like Hadoop's {@code LineRecordReader}. That
 * class skips a line that is too long or runs out of memory; here it is an error.
 */
final class BoundedLines implements Closeable {
  /** Maximum bytes of a line. */
  static final int MOST_BYTES = 64 << 20;

  private final SplitLineReader reader;
  private final int most;
  private final Text line = new Text();
  private @Nullable Seekable inFile; // set for a splittable compressed file
  private long position;
  private long end = Long.MAX_VALUE;

  private BoundedLines(
      Configuration conf,
      FSDataInputStream raw,
      TextSlice slice,
      byte @Nullable [] separator,
      int most)
      throws IOException {
    this.most = most;
    CompressionCodec codec = new CompressionCodecFactory(conf).getCodec(slice.path());
    position = slice.start();
    if (codec instanceof SplittableCompressionCodec cuttable) {
      SplitCompressionInputStream in =
          cuttable.createInputStream(
              raw, null, slice.start(), slice.end(), SplittableCompressionCodec.READ_MODE.BYBLOCK);
      reader = new CompressedSplitLineReader(in, conf, separator);
      position = in.getAdjustedStart();
      end = in.getAdjustedEnd();
      inFile = in;
    } else if (codec != null) {
      reader = new SplitLineReader(codec.createInputStream(raw), conf, separator);
    } else {
      raw.seek(position);
      reader = new UncompressedSplitLineReader(raw, conf, separator, slice.length());
      end = slice.end();
    }
    if (position > 0) {
      position +=
          reader.readLine(new Text(), 0, Integer.MAX_VALUE); // belongs to the previous slice
    }
  }

  /**
   * Opens a slice.
   *
   * @param separator that ends a line; null for any common line end
   * @param most maximum bytes of a line
   */
  static BoundedLines open(
      Configuration conf, TextSlice slice, byte @Nullable [] separator, int most)
      throws IOException {
    FSDataInputStream raw = SourceFiles.openRaw(conf, slice.path());
    try {
      return new BoundedLines(conf, raw, slice, separator, most);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /**
   * The next line without its line end, valid until the next call; null after the last.
   *
   * @throws LineTooLongException when the line is longer than allowed
   */
  @Nullable Text next() throws IOException {
    if (!begins() && !reader.needAdditionalRecordAfterSplit()) {
      return null;
    }
    boolean first = position == 0;
    int read = reader.readLine(line, most + 1, most + 1);
    position += read;
    if (line.getLength() > most) {
      throw new LineTooLongException(most);
    } else if (read == 0) {
      return null;
    }
    if (first && startsWithMark()) {
      line.set(line.copyBytes(), 3, line.getLength() - 3);
    }
    return line;
  }

  private boolean begins() throws IOException {
    return (inFile == null ? position : inFile.getPos()) <= end;
  }

  /** Whether the bytes are UTF-8's byte order mark. */
  private boolean startsWithMark() {
    byte[] bytes = line.getBytes();
    return line.getLength() >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
