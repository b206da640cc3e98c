using System.Runtime.CompilerServices;

namespace Republic.Tests;

/// <summary>xunit's own with a time limit. It is nearer than xunit's, so that <c>[Fact]</c> means this one in the whole project.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactAttribute : Xunit.FactAttribute
{
    public FactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Timeout = TimeLimit.Usual;
}
