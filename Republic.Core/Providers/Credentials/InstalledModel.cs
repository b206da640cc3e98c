namespace Republic.Core.Providers.Credentials;

/// <summary>A model file that a person has installed here.</summary>
/// <param name="File">The SHA-256 by which the model host knows it.</param>
/// <param name="LoadAnyway">It is loaded even where it takes more memory than models may.</param>
public sealed record InstalledModel(string File, bool LoadAnyway);
