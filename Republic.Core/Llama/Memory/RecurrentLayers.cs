namespace Republic.Core.Llama.Memory;

/// <summary>Which layers of an architecture carry a state of fixed size instead of keys and values for each token.</summary>
internal enum RecurrentLayers
{
    None,

    /// <summary>All, and none attends.</summary>
    All,

    /// <summary>All, and all attend as well.</summary>
    BesideAttention,

    /// <summary>Those for which the header gives no heads of keys.</summary>
    WithoutKeys,

    /// <summary>As before; those that have a feed-forward part do neither.</summary>
    WithoutKeysAndFeedForward,

    /// <summary>All but each nth, where the header does not list them.</summary>
    ByInterval,
}
