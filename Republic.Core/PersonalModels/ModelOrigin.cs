namespace Republic.Core.PersonalModels;

/// <summary>Where the file of a personal model comes from.</summary>
public enum ModelOrigin
{
    Catalogue,

    /// <summary>An address that its person gave.</summary>
    Url,
    Upload,
}
