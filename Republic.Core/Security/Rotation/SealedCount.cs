namespace Republic.Core.Security.Rotation;

/// <summary>How many values of a column are sealed under one version of the master key.</summary>
public sealed record SealedCount(SealedColumn Column, uint Version, long Count);
