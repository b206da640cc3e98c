namespace Republic.Core.Providers.Prices;

/// <summary>Where a cost comes from.</summary>
public enum PriceSource
{
    /// <summary>It ran inside Republic, which costs nothing.</summary>
    Local,

    /// <summary>The provider said with the answer what it charged.</summary>
    Reported,

    /// <summary>A price that the person set.</summary>
    Own,

    /// <summary>A price that a superuser set for everybody.</summary>
    Installation,

    /// <summary>The provider's own list of models.</summary>
    Listed,

    /// <summary>The table that comes with Republic.</summary>
    Table,
}
