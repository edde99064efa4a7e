package io.evenstep.driver.config;

import io.evenstep.driver.config.key.DataKeys;
import io.evenstep.driver.config.key.Description;
import io.evenstep.driver.config.key.Device;
import io.evenstep.driver.config.key.EvaluationKeys;
import io.evenstep.driver.config.key.FoldKeys;
import io.evenstep.driver.config.key.JobKeys;
import io.evenstep.driver.config.key.KeepingKeys;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.key.TrainingKeys;
import io.evenstep.driver.config.value.AugmentationsType;
import io.evenstep.driver.config.value.ClassWeighting;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.Fold;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import io.evenstep.model.augment.AugmentPlan;
import io.evenstep.model.decision.DecisionPlan;
import io.evenstep.model.metric.EvaluationNoise;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.SpecCheck;
import io.evenstep.model.network.trust.AllowedTypes;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/** A valid job: every key is read, has its default, and is checked. */
public final class JobConfig {
  private final Settings settings;

  private JobConfig(Settings settings) {
    this.settings = settings;
  }

  /**
   * Reads a job file of the local disk.
   *
   * @param overrides take precedence over the file
   * @throws ConfigException listing every problem, or saying why the file cannot be read
   */
  public static JobConfig read(Path file, Overrides overrides) {
    Path whole = file.toAbsolutePath().normalize();
    Path folder = Optional.ofNullable(whole.getParent()).orElse(whole);
    return parse(SettingsReader.text(file), file.toString(), folder.toString(), overrides);
  }

  /**
   * Reads the text of a job file.
   *
   * @param name name of the file in messages
   * @param folder base of the file's relative paths: an absolute path or a URI @throws
   *     ConfigException listing every problem
   */
  public static JobConfig parse(String text, String name, String folder, Overrides overrides) {
    JobConfig config = checked(text, name, folder, overrides);
    List<Problem> problems = SpecCheck.problems(config.network());
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return config;
  }

  /**
   * Reads what {@link #toJson} wrote. Files that the network was read from need not exist any more.
   *
   * @throws ConfigException listing every problem; also when the JSON allows classes for a network,
   *     which only {@code overrides} may do
   */
  public static JobConfig fromJson(String json, Overrides overrides) {
    JobConfig config = checked(SavedConfig.settings(json), "config.json", "/", overrides);
    SavedConfig.requireNothingAllowed(config.settings);
    return config;
  }

  private static JobConfig checked(String text, String name, String folder, Overrides overrides) {
    Problems problems = new Problems();
    Settings read = new SettingsReader(name, problems).read(text, overrides);
    Settings settings = new Locations(folder, Path.of("").toAbsolutePath()).resolve(read);
    DataRules.check(settings, problems);
    TrainingRules.check(settings, problems);
    problems.throwIfAny();
    return new JobConfig(settings);
  }

  /** The job's name: letters, digits, dots, dashes and underscores. */
  public String name() {
    return settings.of(JobKeys.NAME);
  }

  /** Parent folder of all run folders, as Hadoop resolves it. */
  public String output() {
    return settings.of(JobKeys.OUTPUT);
  }

  /** Seed of all random choices. */
  public long seed() {
    return settings.of(JobKeys.SEED);
  }

  /** Where rows come from and what their columns mean. */
  public DataSpec data() {
    return DataMapping.of(settings);
  }

  /**
   * Held-out rows named by an override, keyed by split ({@code validation} or {@code test}). They
   * replace a fraction of the job.
   */
  public SortedMap<String, SourceSpec> overridingRows() {
    return DataMapping.overriding(settings);
  }

  /** Options of the reader for rows that are not the job's own. */
  public Map<String, String> optionsForOthers() {
    return DataMapping.optionsForOthers(settings);
  }

  /**
   * Checks that no override changes what a run has derived from its training data.
   *
   * @throws io.evenstep.model.ConfigException naming those that do
   */
  public void requireLearnedAsItWas() {
    SavedConfig.requireLearned(settings);
  }

  /** Augmentations of the training rows. */
  public AugmentPlan augmentations() {
    return new AugmentPlan(
        AugmentationsType.create(settings.of(DataKeys.AUGMENT)),
        settings.find(DataKeys.AUGMENT_INPUT).orElse(""));
  }

  /** Folder of packed data, as Hadoop resolves it. */
  public String packs() {
    return settings.find(DataKeys.PACKS).orElse(output() + "/packs");
  }

  /**
   * The network. The total steps of the job are unknown before the data are packed, and are 0 here.
   *
   * @throws ConfigException when a file it names cannot be read
   */
  public NetworkSpec network() {
    return network(0);
  }

  /**
   * The network.
   *
   * @param totalSteps total steps of the job, used by some schedules
   * @throws ConfigException when a file it names cannot be read
   */
  public NetworkSpec network(long totalSteps) {
    return NetworkMapping.of(settings, totalSteps);
  }

  /** The classes that the configuration of a saved network may name. */
  public AllowedTypes allowedTypes() {
    return NetworkMapping.allowed(settings);
  }

  /** How the network is trained. */
  public TrainingConfig training() {
    return TrainingConfig.of(settings);
  }

  /** Weights of rows by class; empty if there are none. */
  public Optional<ClassWeighting> classWeighting() {
    return settings.find(TrainingKeys.CLASS_WEIGHTS);
  }

  /** How probabilities become predictions, and what is learned for it. */
  public DecisionPlan decisions() {
    return new DecisionPlan(
        settings.of(EvaluationKeys.CALIBRATION) == EvaluationKeys.Calibration.TEMPERATURE,
        settings.of(EvaluationKeys.THRESHOLD));
  }

  /** What is added to the features of evaluated rows. */
  public EvaluationNoise evaluationNoise() {
    return new EvaluationNoise(settings.of(EvaluationKeys.NOISE));
  }

  /** The device that the network is trained on. */
  public Device device() {
    return settings.of(KeepingKeys.DEVICE);
  }

  /** Whether the run's folder gets a report page. */
  public boolean reportPage() {
    return settings.of(JobKeys.REPORT_PAGE);
  }

  /** Whether the run's folder gets event files for TensorBoard. */
  public boolean reportTensorBoard() {
    return settings.of(JobKeys.REPORT_TENSORBOARD);
  }

  /** The address at which the page is served during the run; empty if not requested. */
  public Optional<InetSocketAddress> ui() {
    return settings.of(JobKeys.UI)
        ? Optional.of(
            InetSocketAddress.createUnresolved(
                settings.of(JobKeys.UI_HOST), settings.of(JobKeys.UI_PORT)))
        : Optional.empty();
  }

  /**
   * Where MLflow tracks the run; empty if it does not.
   *
   * @param environment names a server if the job does not
   */
  public Optional<MlflowConfig> mlflow(Map<String, String> environment) {
    return MlflowConfig.of(settings, name(), environment);
  }

  /** How many networks are trained, each tested on another part of the rows; usually 1. */
  public int folds() {
    return settings.of(FoldKeys.FOLDS);
  }

  /**
   * The job of one fold.
   *
   * @param number from 1 to {@link #folds}
   * @param parent of its run's folder
   */
  public JobConfig ofFold(int number, String parent) {
    return new JobConfig(
        settings
            .set(FoldKeys.FOLD, new Fold(number, folds()).toString())
            .set(FoldKeys.FOLDS, 1)
            .set(DataKeys.PACKS, packs())
            .set(JobKeys.OUTPUT, parent));
  }

  /** The quality gate; empty for none. */
  public Optional<Gate> gate() {
    return settings
        .find(JobKeys.GATE_METRIC)
        .map(metric -> new Gate(metric, bound(JobKeys.GATE_AT_LEAST), bound(JobKeys.GATE_AT_MOST)));
  }

  private OptionalDouble bound(Key<Double> key) {
    return settings.find(key).map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  /** Every key with its value and origin, one per line. The text is a valid job file. */
  public String describe() {
    return Description.of(settings);
  }

  /** SHA-256, in lower-case hex, over the settings that determine the result. */
  public String sha256() {
    return SavedConfig.sha256(settings);
  }

  /**
   * Every set value and {@link #sha256}, for {@link #fromJson}; saved in the run's folder. Omits
   * {@code model.allow}, because a folder must not decide what may be loaded from it.
   */
  public String toJson() {
    return toJson(sha256());
  }

  /** The same under the digest with which the run began. */
  public String toJson(String sha256) {
    return SavedConfig.json(settings, sha256);
  }

  /** Whether the JSON that a run saved is of this job, also when an older version saved it. */
  public boolean isSavedAs(String json) {
    if (sha256Of(json).equals(sha256())) {
      return true;
    }
    try {
      return SavedConfig.isSame(settings, fromJson(json, Overrides.NONE).settings);
    } catch (ConfigException e) {
      return false; // a setting that this version does not know
    }
  }

  /** The {@link #sha256} of the job that wrote this JSON. */
  public static String sha256Of(String json) {
    return SavedConfig.sha256(json);
  }
}
