/** Spark ML: networks as estimators and models, for pipelines and tuning. */
@NullMarked
package io.evenstep.driver.ml;

import org.jspecify.annotations.NullMarked;
