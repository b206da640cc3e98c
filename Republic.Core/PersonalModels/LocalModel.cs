namespace Republic.Core.PersonalModels;

/// <summary>A model that a person can use on this machine.</summary>
/// <param name="IsOwn">False: it lies in a folder that is everybody's.</param>
/// <param name="TokensPerS">As it was measured here; null where it was not.</param>
public sealed record LocalModel(string Name, bool IsOwn, long Bytes, double? TokensPerS);
