// For spark-shell, with the jars of Evenstep's distribution:
//   spark-shell --master 'local[2]' --jars "$(ls evenstep/lib/*.jar | paste -sd,)" -i digits.scala
import io.evenstep.driver.ml.EvenstepClassifier
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator
import org.apache.spark.ml.feature.VectorAssembler

val path = spark.conf.get("spark.digits.path", "conf/data/digits.csv.gz")
val pixels = (0 until 64).map("_c" + _).toArray
val table = spark.read.option("inferSchema", true).csv(path).withColumnRenamed("_c64", "label")
val rows = new VectorAssembler().setInputCols(pixels).setOutputCol("features").transform(table)
val Array(training, others) = rows.randomSplit(Array(0.8, 0.2), 1)

val classifier = new EvenstepClassifier().setHidden(64).setEpochs(15).setBatch(64).setLearningRate(0.005).setNormalize("scale")
val model = classifier.fit(training)
model.summary.epochs.forEach(epoch => println("epoch " + epoch.number + " loss " + epoch.loss))
val accuracy = new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(model.transform(others))
println(f"accuracy $accuracy%.3f")
System.exit(0)
