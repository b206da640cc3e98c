namespace Republic.Core.Inference.Supervision;

internal enum ModelHostEndKind
{
    /// <summary>Somebody or the system ended it.</summary>
    Killed,

    /// <summary>It ended by its own doing.</summary>
    Crashed,

    /// <summary>llama.cpp found no memory for what a computation works in.</summary>
    OutOfMemory,
}
