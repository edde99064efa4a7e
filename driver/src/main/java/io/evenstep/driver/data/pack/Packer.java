package io.evenstep.driver.data.pack;

import io.evenstep.driver.data.file.PinnedSession;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.scan.EncodingBuilder;
import io.evenstep.driver.data.scan.FirstRow;
import io.evenstep.driver.data.scan.LayoutBuilder;
import io.evenstep.driver.data.scan.RowLayout;
import io.evenstep.driver.data.scan.ScanTotals;
import io.evenstep.driver.data.scan.SplitLabels;
import io.evenstep.driver.data.source.SmallSources;
import io.evenstep.driver.data.source.Sources;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.RowsSpec.BadRows;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.split.RowUse;
import io.evenstep.driver.data.split.Splitter;
import io.evenstep.driver.data.split.Splitter.Split;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.pack.PackIndex;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.worker.checkpoint.FileFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the pack of a data set, or finds one from an earlier run. */
public final class Packer {
  private static final Logger LOG = LoggerFactory.getLogger(Packer.class);

  private final Reading reading;
  private final DataSpec spec;
  private final List<SourceSpec> sources = new ArrayList<>();
  private final List<SourceTable> tables = new ArrayList<>();
  private final List<Splitter> splitters = new ArrayList<>();
  private final List<String> rare = new ArrayList<>(); // classes with too few rows to hold out

  private Packer(Reading reading, DataSpec spec) {
    this.reading = reading;
    this.spec = spec;
  }

  /**
   * Reads, checks, encodes and writes the rows of a data set. Does nothing if a pack of the same
   * files and settings exists.
   *
   * @param packs parent folder of packs; created if missing
   * @throws DataException naming files, rows and columns that cannot be used @throws
   *     io.evenstep.model.ConfigException when the job does not match the data
   */
  public static Pack pack(SparkSession session, DataSpec spec, Path packs) {
    return with(Reading.in(PinnedSession.of(session)), spec, packer -> packer.pack(packs));
  }

  /**
   * An existing pack of a data set whose sources {@link SmallSources#opens} without Spark.
   *
   * @param packs parent folder of packs; need not exist
   * @throws DataException when a source cannot be opened
   */
  public static Optional<Pack> find(Configuration hadoop, DataSpec spec, Path packs) {
    return with(Reading.here(hadoop), spec, packer -> Pack.find(packs, packer.key(), hadoop));
  }

  /**
   * What the pack of a data set contains or would contain. Writes nothing.
   *
   * @param packs parent folder of packs; need not exist
   * @throws DataException when the data cannot be used
   * @throws io.evenstep.model.ConfigException when the job does not match the data
   */
  public static Preview preview(Reading reading, DataSpec spec, Path packs) {
    return with(reading, spec, packer -> packer.preview(packs));
  }

  /**
   * Checks that a pack can be written. Leaves nothing behind.
   *
   * @param packs parent folder of packs; need not exist
   * @throws io.evenstep.model.ConfigException when it cannot be written @throws
   *     io.evenstep.model.StorageException when its disk is full or currently fails
   */
  public static void requireWritable(Configuration hadoop, Path packs) {
    try {
      FileSystem files = packs.getFileSystem(hadoop);
      new PackFolder(files, packs).requireWritable();
    } catch (IOException e) {
      throw cannotWrite(packs, e);
    }
  }

  /**
   * The key of a data set's pack, whether or not the pack exists.
   *
   * @throws DataException when the data do not exist
   */
  public static String key(Reading reading, DataSpec spec) {
    return with(reading, spec, Packer::key);
  }

  /**
   * The {@link PackIndex#contentSha256} that the pack would have. Reads all rows in tasks of Spark
   * and writes nothing.
   *
   * @throws DataException when the data cannot be used
   */
  public static String contentSha256(Reading reading, DataSpec spec) {
    return with(reading, spec, Packer::contentSha256);
  }

  /**
   * The labels of a split's rows, for data without a pack.
   *
   * @param encoding from {@link #preview}
   * @param split {@code train}, {@code validation} or {@code test}
   */
  public static SplitLabels labels(
      Reading reading, DataSpec spec, Encoding encoding, String split) {
    Split wanted = Split.valueOf(split.toUpperCase(Locale.ROOT));
    return with(reading, spec, packer -> packer.labels(encoding, wanted));
  }

  private static <T> T with(Reading reading, DataSpec spec, Function<Packer, T> work) {
    Packer packer = new Packer(reading, spec);
    try {
      packer.openSources();
      return work.apply(packer);
    } finally {
      packer.tables.forEach(SourceTable::close);
    }
  }

  private Preview preview(Path packs) {
    Optional<Pack> found = Pack.find(packs, key(), reading.hadoop());
    if (found.isPresent()) {
      return Preview.of(found.get());
    }
    RowLayout layout = layout();
    ScanTotals totals = scan(layout);
    Encoding encoding = new EncodingBuilder(spec, layout, totals).build();
    return Preview.of(totals, encoding, notices(layout, totals));
  }

  private Pack pack(Path packs) {
    String key = key();
    try {
      PackFolder folder = new PackFolder(packs.getFileSystem(reading.hadoop()), packs);
      Optional<PackIndex> found = folder.find(key);
      if (found.isPresent()) {
        LOG.info("Data unchanged: using the pack {}", folder.pack(key));
        return new Pack(folder.pack(key), found.get(), true);
      }
      return new Pack(folder.pack(key), write(key, folder), false);
    } catch (IOException e) {
      throw cannotWrite(packs, e);
    }
  }

  private static RuntimeException cannotWrite(Path packs, IOException failure) {
    return FileFault.of("Cannot write a pack below", packs, failure);
  }

  private String contentSha256() {
    RowLayout layout = layout();
    ScanTotals totals = scan(layout);
    Encoding encoding = new EncodingBuilder(spec, layout, totals).build();
    Map<Split, PackSplit> splits = writer(encoding).measure(totals.rows());
    return index(key(), encoding, splits, layout, totals).contentSha256();
  }

  private SplitLabels labels(Encoding encoding, Split split) {
    holdOut(layout());
    SplitLabels labels = SplitLabels.of(encoding);
    for (int i = 0; i < tables.size(); i++) {
      if (splitters.get(i).mayGive(split)) {
        labels.read(tables.get(i), splitters.get(i), encoding, split);
      }
    }
    return labels;
  }

  private String key() {
    return new PackKey(reading.hadoop()).of(spec, sources, tables);
  }

  private void openSources() {
    boolean ownTest = spec.sources().test().isPresent();
    boolean ownValidation = spec.sources().validation().isPresent();
    add(
        spec.sources().train(),
        Splitter.fractions(
            spec.fractions().seed(),
            ownValidation ? 0 : spec.fractions().validation(),
            ownTest ? 0 : spec.fractions().test(),
            spec.fractions().fold()));
    spec.sources()
        .validation()
        .ifPresent(own -> add(own, Splitter.whole(spec.fractions().seed(), Split.VALIDATION)));
    spec.sources()
        .test()
        .ifPresent(own -> add(own, Splitter.whole(spec.fractions().seed(), Split.TEST)));
  }

  private void add(SourceSpec source, Splitter splitter) {
    sources.add(source);
    tables.add(Sources.read(reading, source).kept());
    splitters.add(splitter.using(new RowUse(1, spec.rows().badRows() == BadRows.SKIP)));
  }

  private PackIndex write(String key, PackFolder folder) throws IOException {
    RowLayout layout = layout();
    ScanTotals totals = scan(layout);
    Encoding encoding = new EncodingBuilder(spec, layout, totals).build();
    Path unfinished = folder.begin(key);
    boolean finished = false;
    try {
      Map<Split, PackSplit> splits = writer(encoding).write(totals.rows(), unfinished);
      PackIndex there = folder.finish(unfinished, index(key, encoding, splits, layout, totals));
      finished = true;
      return there;
    } finally {
      if (!finished) {
        folder.remove(unfinished);
      }
    }
  }

  private PackWriter writer(Encoding encoding) {
    return new PackWriter(reading.spark(), encoding, tables, splitters);
  }

  private PackIndex index(
      String key,
      Encoding encoding,
      Map<Split, PackSplit> splits,
      RowLayout layout,
      ScanTotals totals) {
    PackSplit none = new PackSplit(0, List.of());
    return new PackIndex(
        key,
        encoding,
        splits.getOrDefault(Split.TRAIN, none),
        splits.getOrDefault(Split.VALIDATION, none),
        splits.getOrDefault(Split.TEST, none),
        new PackIndex.Gaps(totals.dropped(), totals.missing()),
        notices(layout, totals),
        totals.rowsOf(encoding.classes()));
  }

  private List<String> notices(RowLayout layout, ScanTotals totals) {
    List<String> notices =
        new ArrayList<>(Notices.of(spec, tables.get(0), layout, totals, reading.hadoop()));
    notices.addAll(totals.skipped());
    if (!rare.isEmpty()) {
      notices.add(Notices.ofRare(rare));
    }
    return notices;
  }

  /** Decides which rows are held out. */
  private void holdOut(RowLayout layout) {
    splitters.set(0, SplitRules.sampled(spec, tables.get(0), splitters.get(0)));
    SplitRules rules = new SplitRules(spec, layout, tables.get(0), splitters.get(0));
    splitters.set(0, rules.splitter());
    tables.set(0, rules.table());
    rare.addAll(rules.rare());
  }

  private ScanTotals scan(RowLayout layout) {
    holdOut(layout);
    ScanTotals totals = new ScanTotals(layout);
    for (int i = 0; i < tables.size(); i++) {
      layout.requireIn(tables.get(i));
      totals.scan(tables.get(i), splitters.get(i));
    }
    totals.requireUsable();
    return totals;
  }

  private RowLayout layout() {
    SourceTable train = tables.get(0);
    return new LayoutBuilder(spec, train, FirstRow.of(train)).build();
  }
}
