namespace Republic.Core.PersonalModels.Fitting;

/// <summary>What a verdict about memory rests on.</summary>
public enum FitBasis
{
    /// <summary>The catalogue's word, which nobody checked here.</summary>
    Catalog,

    /// <summary>The header of the file.</summary>
    Header,

    /// <summary>What it took when it was loaded here.</summary>
    Measured,
}
