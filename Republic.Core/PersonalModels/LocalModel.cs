namespace Republic.Core.PersonalModels;

/// <summary>A model that a person can use on this machine.</summary>
/// <param name="IsOwn">False for a model in a folder that everybody shares.</param>
/// <param name="TokensPerS">The speed measured on this machine; null where it was not measured.</param>
public sealed record LocalModel(string Name, bool IsOwn, long Bytes, double? TokensPerS);
