package io.evenstep.driver.config.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.driver.config.value.YamlReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyCatalogueTest {
  /** Every key with its default. A change here affects every existing job file. */
  private static final String PINNED =
      """
      name = "job"
      output = "runs"
      seed = 1
      gate.metric = (not set)
      gate.atLeast = (not set)
      gate.atMost = (not set)
      report.page = true
      report.tensorboard = true
      tracking.mlflow.uri = (`MLFLOW_TRACKING_URI` of the driver's environment, else none)
      tracking.mlflow.experiment = (`MLFLOW_EXPERIMENT_NAME` of the driver's environment, else the job's name)
      tracking.mlflow.parent = (the sweep, or Spark ML's tuning, that the run is part of, else none)
      training.ui = false
      training.uiHost = "127.0.0.1"
      training.uiPort = 4050
      data.format = (must be given)
      data.folder = (the job file's folder)
      data.path = (not set)
      data.labels = (not set)
      data.header = true
      data.delimiter = ","
      data.reader = (not set)
      data.query = (not set)
      data.options = {}
      data.features = (every column that is not a label)
      data.label = (the column `label`, or the last column of a CSV without header)
      data.weight = (1 for every row)
      data.task = "classification"
      data.classes = (those of the training rows, sorted)
      data.shape = (the image's own shape, [columns, steps] for sequences of one length, else [number of features])
      data.inputs = (one input)
      data.outputs = (one output)
      data.normalize = "none"
      data.augment = []
      data.augmentInput = (the only input, or the only image among several inputs)
      data.missing = "refuse"
      data.fill = 0.0
      data.absent = (only blank text)
      data.missingLabel = "as-feature"
      data.normalizeLabel = "none"
      data.unseen = "refuse"
      data.split = "random"
      data.splitBy = (not set)
      data.splitSeed = (the value of `seed`)
      data.packs = (`packs` in the folder `output`)
      data.labelFormat = "plain"
      data.window.time = (not set)
      data.window.format = "iso"
      data.window.key = (one series)
      data.window.history = (must be given with `data.window.time`)
      data.window.horizon = 1
      data.window.step = 1
      data.series.key = (not set)
      data.series.order = (not set)
      data.validation.fraction = 0.0
      data.validation.path = (not set)
      data.validation.labels = (not set)
      data.validation.query = (not set)
      data.test.fraction = 0.0
      data.test.path = (not set)
      data.test.labels = (not set)
      data.test.query = (not set)
      data.skip = 0
      data.mergeColumns = false
      data.sample = (all rows)
      data.badRows = "refuse"
      model.name = (not set)
      model.weights = (not set)
      model.hidden = ([128])
      model.filters = ([20,50])
      model.kernel = ([5,5])
      model.units = (500 (lenet), 4096 (alexnet), 64 (transformer-encoder, transformer-lm))
      model.vocabulary = (not set)
      model.blocks = (2)
      model.heads = (4)
      model.feedForward = (not set)
      model.tie = (false)
      model.grid = ([8,8])
      model.radius = (3.0)
      model.lastRadius = (0.5)
      model.radiusDecay = (0.98)
      model.sweeps = (20)
      model.layers = (not set)
      model.json = (not set)
      model.zip = (not set)
      model.keras = (not set)
      model.allow = (only DL4J's and Evenstep's own classes)
      model.loss = (crossEntropy for classes, mse for numbers)
      model.outputActivation = (the one that goes with the loss)
      model.init = "xavier"
      model.activation = "relu"
      model.dropout = 0.0
      model.freeze = (not set)
      model.replaceHead = false
      training.workers = "auto"
      training.shards = 8
      training.batch = 128
      training.accumulate = 1
      training.epochs = 10
      training.sync = "auto"
      training.averaging.every = 1
      training.averaging.optimizerState = false
      training.averaging.islands = 0
      training.averaging.outer.learningRate = 1.0
      training.averaging.outer.momentum = 0.0
      training.sharing.method = "threshold"
      training.sharing.sparsity = 0.999
      training.sharing.threshold = 0.001
      training.sharing.momentum = 0.9
      training.sharing.clipNorm = 0.0
      training.sharing.warmupSteps = 0
      training.wire = "float32"
      training.auto = (`training.wire` only)
      training.reproducible = true
      training.engine = "auto"
      training.precision = "float32"
      training.optimizer.name = (adam; for `model.json` and `model.zip`, the optimizer in the file)
      training.optimizer.learningRate = 0.001
      training.optimizer.momentum = (0.9)
      training.optimizer.beta1 = (0.9)
      training.optimizer.beta2 = (0.999 (adam, adamax, nadam, amsgrad, adabelief, lamb), 0.99 (lion))
      training.optimizer.epsilon = (1.0E-8 (adam, adamax, nadam, amsgrad, rmsprop), 1.0E-6 (adagrad, adadelta, lamb), 1.0E-16 (adabelief))
      training.optimizer.rho = (0.95)
      training.optimizer.trustCoefficient = (0.001)
      training.schedule.name = "constant"
      training.schedule.warmupSteps = 0
      training.schedule.gamma = (0.1 (step), 0.999 (exponential), 0.001 (inverse))
      training.schedule.everySteps = (must be given)
      training.schedule.power = (1.0)
      training.schedule.minimum = (0.0)
      training.classWeights = (no weights)
      training.l1 = 0.0
      training.l2 = 0.0
      training.weightDecay = 0.0
      training.clip.value = 0.0
      training.clip.norm = 0.0
      training.adversarial.epsilon = 0.0
      training.adversarial.share = 0.5
      training.adversarial.range = ([0, 1] for `data.normalize` scale and min-max, else no limits)
      training.folds = 1
      data.fold = (not set)
      evaluation.threshold = 0.5
      evaluation.calibration = "none"
      evaluation.noise = 0.0
      training.stopping.metric = "loss"
      training.stopping.patience = 0
      training.stopping.minDelta = 0.0
      training.checkpoint.everySteps = 0
      training.checkpoint.keep = 2
      training.attempts = 3
      training.timeoutSeconds = 600
      training.silenceSeconds = 15
      training.encryption = "auto"
      training.device = "auto"
      """;

  @Test
  void holdsTheseKeysWithTheseDefaults() {
    List<String> keys =
        KeyCatalogue.KEYS.stream()
            .map(
                key ->
                    key.name()
                        + " = "
                        + key.standard().map(Printable::json).orElse("(" + key.unset() + ")"))
            .toList();

    assertThat(String.join("\n", keys) + "\n").isEqualTo(PINNED);
  }

  @Test
  void namesEachKeyOnce() {
    assertThat(KeyCatalogue.NAMES).doesNotHaveDuplicates();
  }

  @Test
  void givesEachDefaultThatItWouldAcceptItself() {
    for (Key<?> key : KeyCatalogue.KEYS) {
      Problems problems = new Problems();
      key.standard()
          .map(value -> YamlReader.read(Printable.json(value), key.name(), problems))
          .ifPresent(node -> assertThat(key.read(node, problems)).isEqualTo(key.standard()));
      assertThat(problems.isEmpty()).as(key.name()).isTrue();
    }
  }

  @Test
  void explainsEachKeyInASentence() {
    assertThat(KeyCatalogue.KEYS).allSatisfy(key -> assertThat(key.doc()).endsWith("."));
  }
}
