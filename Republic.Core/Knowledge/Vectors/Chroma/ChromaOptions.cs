namespace Republic.Core.Knowledge.Vectors.Chroma;

/// <summary>The section <c>Knowledge:Chroma</c> of the configuration: a server for collections that outgrow one machine.</summary>
public sealed class ChromaOptions
{
    public const string Section = "Knowledge:Chroma";

    /// <summary>E.g. <c>http://chroma:8000</c>. Null: every collection is searched in memory.</summary>
    public Uri? Url { get; set; }

    /// <summary>Sent as <c>x-chroma-token</c>, where the server asks for one.</summary>
    public string? Token { get; set; }

    public string Tenant { get; set; } = "default_tenant";

    public string Database { get; set; } = "default_database";

    /// <summary>Collections with at least so many passages are searched there, smaller ones in memory.</summary>
    public int FromPassages { get; set; } = 500_000;
}
