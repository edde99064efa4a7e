package io.evenstep.driver.data.pack;

import io.evenstep.driver.data.scan.ScanTotals;
import io.evenstep.driver.data.split.Splitter.Split;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.pack.PackIndex;
import java.util.List;
import java.util.Optional;

/**
 * The content of a pack that exists or would be written.
 *
 * @param encoding of its records
 * @param trainRows training rows
 * @param validationRows validation rows
 * @param testRows test rows
 * @param droppedRows rows skipped for a missing value
 * @param blocks number of blocks; without a pack, the smallest possible number
 * @param pack the existing pack
 * @param notices notices about the rows
 */
public record Preview(
    Encoding encoding,
    long trainRows,
    long validationRows,
    long testRows,
    long droppedRows,
    long blocks,
    Optional<Pack> pack,
    List<String> notices) {

  /** Copies the notices. */
  public Preview {
    notices = List.copyOf(notices);
  }

  /** Describes an existing pack. */
  public static Preview of(Pack pack) {
    PackIndex index = pack.index();
    int blocks =
        index.train().blocks().size()
            + index.validation().blocks().size()
            + index.test().blocks().size();
    return new Preview(
        index.encoding(),
        index.train().rows(),
        index.validation().rows(),
        index.test().rows(),
        index.droppedRows(),
        blocks,
        Optional.of(pack),
        index.notices());
  }

  static Preview of(ScanTotals totals, Encoding encoding, List<String> notices) {
    int blockRows = Math.max(1, BlockWriter.BLOCK_BYTES / encoding.recordBytes());
    long blocks = 0;
    for (Split split : Split.values()) {
      blocks += (totals.rows(split) + blockRows - 1) / blockRows;
    }
    return new Preview(
        encoding,
        totals.rows(Split.TRAIN),
        totals.rows(Split.VALIDATION),
        totals.rows(Split.TEST),
        totals.dropped(),
        blocks,
        Optional.empty(),
        notices);
  }

  /** Fingerprint of an existing pack's rows; see {@link PackIndex#contentSha256}. */
  public Optional<String> dataSha256() {
    return pack.map(there -> there.index().contentSha256());
  }

  /** Training rows of each class of the first output; empty without a pack or classes. */
  public Optional<List<Long>> classRows() {
    return pack.map(there -> there.index().classRows()).filter(rows -> !rows.isEmpty());
  }

  /** Bytes of all records. */
  public long bytes() {
    return (trainRows + validationRows + testRows) * encoding.recordBytes();
  }
}
