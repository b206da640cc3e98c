namespace Republic.Core.PersonalModels.Fitting;

/// <summary>The data that a verdict about memory is based on.</summary>
public enum FitBasis
{
    /// <summary>The data of the catalogue, which was not checked here.</summary>
    Catalog,

    /// <summary>The header of the file.</summary>
    Header,

    /// <summary>The memory that the model took when it was loaded here.</summary>
    Measured,
}
