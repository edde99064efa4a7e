package io.evenstep.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "name=a b | Invalid name: must be letters, digits, dots, dashes and underscores, starting"
            + " with a letter or digit, got a b",
        "output= | Invalid output: must not be empty, got nothing",
        "seed=1.5 | Invalid seed: must be a whole number, got 1.5",
        "data.format=xls | Invalid data.format: must be one of csv, parquet, idx, svmlight, images,"
            + " text, spark, sql, got xls",
        "data.header=maybe | Invalid data.header: must be true or false, got maybe",
        "data.delimiter=ab | Invalid data.delimiter: must be one character, got ab",
        "data.test.fraction=1 | Invalid data.test.fraction: must be at least 0 and below 1, got 1",
        "data.shape=[0,2] | Invalid data.shape: must be at least 1 each, and not an empty list, got"
            + " [0, 2]",
        "data.classes=a,a | Invalid data.classes: must name each class once, got [\"a\",\"a\"]",
        "training.batch=0 | Invalid training.batch: must be at least 1, got 0",
        "training.batch=12x | Invalid training.batch: must be a whole number, got 12x",
        "training.shards=12 | Invalid training.shards: must be a power of two, got 12",
        "training.workers=-2 | Invalid training.workers: must be auto or a whole number from 0 to"
            + " 999999, got -2",
        "training.workers=9999999 | Invalid training.workers: must be auto or a whole number from 0"
            + " to 999999, got 9999999",
        "training.epochs=2147483648 | Invalid training.epochs: must be a whole number from"
            + " -2147483648 to 2147483647, got 2147483648",
        "seed=9223372036854775808 | Invalid seed: must be a whole number from -9223372036854775808"
            + " to 9223372036854775807, got 9223372036854775808",
        "training.shards=1073741824 | Invalid training.shards: must be at most 4096, got"
            + " 1073741824",
        "training.shards=2097152 | Invalid training.shards: must be at most 4096, got 2097152",
        "training.shards=256 | Invalid training.shards: must be less than twice training.batch,"
            + " 128, because some shards would be empty, got 256",
        "data.shape=[2147483647,4294967296] | Invalid data.shape: must have at most 67108864"
            + " numbers in all, got [2147483647, 4294967296]",
        "training.accumulate=0 | Invalid training.accumulate: must be at least 1, got 0",
        "training.accumulate=17 | Invalid training.accumulate: must be at most 16, the rows of a"
            + " part: training.batch over training.shards, got 17",
        "training.workers=9 | Invalid training.shards: must be at least training.workers, 9, got 8",
        "training.sharing.sparsity=0.99 | Invalid training.sharing.sparsity: must not be set unless"
            + " training.sync is sharing, or training.auto has sharing, got 0.99",
        "training.wire=int4 | Invalid training.wire: must be one of float32, bfloat16, int8, got"
            + " int4",
        "training.auto=int4 | Invalid training.auto: must be one of float32, bfloat16, int8,"
            + " sharing, averaging, got int4",
        "training.averaging.every=5 | Invalid training.averaging.every: must not be set unless"
            + " training.sync is averaging, or training.auto has averaging, got 5",
        "training.optimizer.name=adm | Invalid training.optimizer.name: must be one of sgd,"
            + " momentum, nesterov, adam, adamax, nadam, amsgrad, adagrad, adadelta, rmsprop,"
            + " adabelief, lamb, lars, lion, got adm",
        "training.optimizer.learningRate=NaN | Invalid training.optimizer.learningRate: must be a"
            + " number, got NaN",
        "training.optimizer.momentum=0.9 | Invalid training.optimizer.momentum: must not be set for"
            + " adam, which has beta1, beta2, epsilon, got 0.9",
        "training.schedule.name=step | Invalid training.schedule.everySteps: must be given for"
            + " step, got nothing",
        "training.schedule.gamma=0.5 | Invalid training.schedule.gamma: must not be set for"
            + " constant, which has no parameters, got 0.5",
        "training.stopping.patience=2 | Invalid training.stopping.patience: must have validation"
            + " rows: give data.validation.fraction or data.validation.path, got 2",
        "gate.metric=test.accuracy | Invalid gate.metric: must come with gate.atLeast or"
            + " gate.atMost, got test.accuracy",
        "gate.metric=test.rows | Invalid gate.metric: must be validation. or test. followed by one"
            + " of loss, accuracy, balancedAccuracy, mcc, precision, recall, f1, auc, prAuc,"
            + " logLoss, ece, mse, rmse, mae, mape, r2, perplexity, bitsPerCharacter, inputMse,"
            + " errorLeft, distance, exactRows, got test.rows",
        "training.stopping.metric=rows | Invalid training.stopping.metric: must be one of loss,"
            + " accuracy, balancedAccuracy, mcc, precision, recall, f1, auc, prAuc, logLoss,"
            + " ece, mse, rmse, mae, mape, r2, perplexity, bitsPerCharacter, inputMse,"
            + " errorLeft, distance, exactRows, got rows",
        "gate.atLeast=1 | Invalid gate.metric: must be given with gate.atLeast or gate.atMost, got"
            + " nothing",
        "model.filters=1 | Invalid model.filters: must not be set for mlp, which has hidden,"
            + " activation, dropout, weights, got [1]",
        "model.zip=a.zip | Invalid model: must have exactly one of model.name, model.layers,"
            + " model.json, model.zip, model.keras, got model.name and model.zip",
        "data.query=t | Invalid data.query: must not be set unless data.format is sql, got t",
        "data.fill=3 | Invalid data.fill: must not be set unless data.missing is fill, got 3.0",
        "data.labels=l | Invalid data.labels: must not be set unless data.format is idx, got"
            + " [\"LABEL\"]",
        "training=3 | Invalid training: must be a key, not a section of keys, got 3",
        "trainin.batch=3 | Invalid trainin.batch: must be a known key; did you mean"
            + " training.batch?, got 3",
      })
  void tellsKeyRuleAndValue(String set, String problem) {
    String label = "file:" + Path.of("l").toAbsolutePath();
    assertThat(JobTexts.problems(set)).contains(problem.replace("LABEL", label));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.sync=all-reduce | must not be set unless training.sync is auto",
        "training.sync=averaging | must not be set unless training.sync is auto",
        "training.wire=int8 | must not be set together with training.wire"
      })
  void choosesTheWireOnlyWhereNothingElseDoes(String set, String rule) {
    assertThat(JobTexts.problems(set, "training.auto=int8"))
        .containsExactly("Invalid training.auto: " + rule + ", got [\"int8\"]");
  }

  @Test
  void tellsWhatDoesNotGoWithSharing() {
    assertThat(JobTexts.problems("training.sync=sharing")).isEmpty();
    assertThat(
            JobTexts.problems(
                "training.sync=sharing",
                "training.sharing.method=dgc",
                "training.sharing.threshold=0.1",
                "training.wire=int8",
                "training.reproducible=false",
                "training.clip.norm=1"))
        .containsExactlyInAnyOrder(
            "Invalid training.wire: must be float32 where training.sync is sharing: its messages"
                + " are rounded already, got int8",
            "Invalid training.reproducible: must be true where training.sync is sharing: each part"
                + " of a batch has a residual, got false",
            "Invalid training.clip.norm: must not be set where training.sync is sharing: set"
                + " training.sharing.clipNorm, which limits gradients before entries are chosen,"
                + " got 1.0",
            "Invalid training.sharing.threshold: must not be set unless training.sharing.method is"
                + " threshold, got 0.1",
            "Invalid training.optimizer.name: must be sgd where training.sharing.method is dgc,"
                + " which applies training.sharing.momentum itself, got nothing");
    assertThat(JobTexts.problems("training.sync=sharing", "training.sharing.momentum=0.5"))
        .containsExactly(
            "Invalid training.sharing.momentum: must not be set unless training.sharing.method is"
                + " dgc, got 0.5");
  }

  @Test
  void tellsWhatDoesNotGoWithIslands() {
    assertThat(
            JobTexts.problems(
                "training.sync=averaging",
                "training.averaging.islands=2",
                "training.averaging.optimizerState=true",
                "training.workers=4",
                "training.wire=int8"))
        .containsExactlyInAnyOrder(
            "Invalid training.averaging.islands: must be at least training.workers, 4, got 2",
            "Invalid training.wire: must be float32 where training.averaging.optimizerState is"
                + " true: that state is not rounded, got int8");
    assertThat(JobTexts.problems("training.sync=averaging", "training.averaging.islands=1000"))
        .containsExactly(
            "Invalid training.averaging.islands: must be at most training.batch, 128, got 1000");
    assertThat(JobTexts.problems("training.sync=averaging", "training.wire=int8")).isEmpty();
  }

  @Test
  void asksForWhatAFormatNeeds() {
    assertThat(JobTexts.problems("data.format=idx"))
        .containsExactly(
            "Invalid data.labels: must name one label file for each file of data.path, which are 1,"
                + " got nothing");
    assertThat(JobTexts.problems("data.format=spark"))
        .containsExactly("Invalid data.reader: must be given for data.format spark, got nothing");
    assertThat(JobTexts.problems("data.format=sql"))
        .containsExactly(
            "Invalid data.query: must be given for data.format sql, got nothing",
            "Invalid data.path: must not be set for data.format sql, which uses data.query, got"
                + " [\"file:/jobs/x.csv\"]");
  }

  @Test
  void leavesRowsToTrainOn() {
    assertThat(JobTexts.problems("data.test.fraction=0.5", "data.validation.fraction=0.5"))
        .containsExactly(
            "Invalid data.test.fraction: must leave rows to train on: together with"
                + " data.validation.fraction below 1, got 1.0");
    assertThat(JobTexts.problems("data.test.fraction=0.5", "data.test.path=/t"))
        .containsExactly(
            "Invalid data.test.path: must not be set together with data.test.fraction, got"
                + " [\"/t\"]");
  }

  @Test
  void refusesFeaturesThatAreLabelsAndClassesOfNumbers() {
    assertThat(JobTexts.problems("data.features=a,b", "data.label=b"))
        .containsExactly("Invalid data.features: must not name a column of data.label, got b");
    assertThat(JobTexts.problems("data.task=regression", "data.classes=a,b"))
        .containsExactly(
            "Invalid data.classes: must not be set for data.task regression, got [\"a\",\"b\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.delimiter=\\t",
        "data.delimiter=|",
        "data.path=/a,b,/c/{d,e}.csv",
        "training.optimizer.learningRate=1e-3",
        "training.workers=0",
        "training.workers=8",
        "model.hidden=[64, 32]",
        "model.hidden=64",
        "data.options.multiLine=true",
        "training.sync=all-reduce"
      })
  void accepts(String set) {
    assertThat(JobTexts.problems(set)).isEmpty();
  }

  @Test
  void asksForAMetricOfTheTask() {
    assertThat(
            JobTexts.problems(
                "data.task=regression",
                "data.validation.fraction=0.1",
                "training.stopping.patience=2",
                "training.stopping.metric=accuracy"))
        .containsExactly(
            "Invalid training.stopping.metric: must be a metric of data.task regression: loss, mse,"
                + " rmse, mae, mape, r2, got accuracy");
    assertThat(JobTexts.problems("gate.metric=test.mse", "gate.atMost=1"))
        .containsExactly(
            "Invalid gate.metric: must have test rows: give data.test.fraction or data.test.path,"
                + " got test.mse");
  }

  @Test
  void checksEachColumn() {
    assertThat(
            JobTexts.problems(
                "data.features=[{column: a, typ: image}, {type: word}, {column: c, length: 3},"
                    + " {column: d, type: image, shape: 32}, 5]"))
        .containsExactly(
            "Invalid data.features[0].typ: must be a known key; did you mean type?, got image",
            "Invalid data.features[1].column: must be given, got nothing",
            "Invalid data.features[1].type: must be one of numeric, categorical, ordinal, text,"
                + " tokens, boolean, time, image, sequence, vector, got word",
            "Invalid data.features[2].length: must not be set unless type is sequence or vector or"
                + " tokens, got 3",
            "Invalid data.features[3].shape: must be [channels, height, width], got 32");
  }

  @Test
  void checksEachLayer() {
    assertThat(
            JobTexts.problems(
                "model.layers=[{type: dens, units: 3}, {type: dense}, {type: dense, units: 0},"
                    + " dense]"))
        .containsExactly(
            "Invalid model.layers[0].type: must be one of "
                + String.join(", ", io.evenstep.model.catalog.layer.LayerTypes.names())
                + " (did you mean dense?), got dens",
            "Invalid model.layers[1].units: must be given, got nothing",
            "Invalid model.layers[2].units: must be a whole number of at least 1, got 0",
            "Invalid model.layers[3]: must be a layer, such as {type: dense, units: 64}, got dense",
            "Invalid model: must have exactly one of model.name, model.layers, model.json,"
                + " model.zip, model.keras, got model.name and model.layers");
  }

  @Test
  void columnsThatNoMemoryHoldsAreRefusedByTheirSizes() {
    assertThat(
            JobTexts.problems(
                "data.features=[{column: a, type: sequence, length: 2147483647}, {column: b, type:"
                    + " image, shape: [3, 4294967296, 4294967296]}]"))
        .contains(
            "Invalid data.features[0].length: must be from 1 to 67108864, got 2147483647",
            "Invalid data.features[1].shape: must have at most 67108864 numbers in all, got [3,"
                + " 4294967296, 4294967296]");
  }
}
