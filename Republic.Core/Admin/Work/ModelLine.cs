namespace Republic.Core.Admin.Work;

/// <summary>A model's file on the disk, and who has it.</summary>
/// <param name="Name">Of the model as its source calls it.</param>
/// <param name="Owners">The names of the people who have it.</param>
/// <param name="Minions">How many minions answer with it.</param>
public sealed record ModelLine(string Sha256, string Name, long Bytes, IReadOnlyList<string> Owners, int Minions);
