namespace Republic.Core.Llama.Memory;

/// <summary>Whether a model fits into memory, from worst to best.</summary>
internal enum MemoryFit
{
    /// <summary>Its architecture is not known: it may be loaded, with a warning.</summary>
    CannotTell,
    DoesNotFit,

    /// <summary>It fits, and leaves less free than is wise.</summary>
    Tight,
    InMemory,
    PartlyOnGpu,
    OnGpu,
}
