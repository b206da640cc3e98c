namespace Republic.Core.Tools.BuiltIn;

/// <summary>The effect of a call, by which a person is asked first or not.</summary>
public enum ToolEffect
{
    /// <summary>Only reads, and nothing leaves this machine: never asks.</summary>
    Reads,

    /// <summary>Only reads, but its arguments leave this machine: asks unless they can tell nobody anything new.</summary>
    Sends,

    /// <summary>Changes something: asks, until the person says “always”.</summary>
    Changes,
}
