namespace Republic.Core.PersonalModels.Missing;

/// <summary>A model that has another file now than the one that a minion's weights were trained on.</summary>
/// <param name="Name">The name by which the minion uses it.</param>
/// <param name="Version">The minion's version with these weights.</param>
/// <param name="TrainedOn">The SHA-256 of the file that they were trained on.</param>
/// <param name="Now">The SHA-256 of the file that is installed now.</param>
public sealed record ReplacedModel(string Name, int Version, string TrainedOn, string Now);
