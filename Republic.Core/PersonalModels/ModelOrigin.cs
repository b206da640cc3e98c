namespace Republic.Core.PersonalModels;

/// <summary>Where the file of a personal model comes from.</summary>
public enum ModelOrigin
{
    Catalogue,

    /// <summary>A URL that the owner gave.</summary>
    Url,
    Upload,

    /// <summary>A copy of another personal model with fewer bits a weight, made here.</summary>
    Quantized,
}
