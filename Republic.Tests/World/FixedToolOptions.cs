using Microsoft.Extensions.Options;
using Republic.Core.Tools;

namespace Republic.Tests.World;

/// <summary>Settings of tools that do not change.</summary>
public sealed class FixedToolOptions(ToolOptions value) : IOptionsMonitor<ToolOptions>
{
    public ToolOptions CurrentValue => value;

    public ToolOptions Get(string? name) => value;

    public IDisposable? OnChange(Action<ToolOptions, string?> listener) => null;
}
