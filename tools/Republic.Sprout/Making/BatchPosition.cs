namespace Republic.Sprout.Making;

/// <param name="Pool">-1 before the first.</param>
/// <param name="FirstStep">The step at which the pool was drawn: it decides on the mixture.</param>
/// <param name="Taken">Steps of the pool that were given out.</param>
internal sealed record BatchPosition(int Pool, int FirstStep, int Taken);
