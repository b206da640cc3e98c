using System.Net;
using Microsoft.Extensions.Options;
using Republic.Core.Security;

namespace Republic.Tests.World;

/// <summary>Outbound guards with a configuration and, where a test needs it, a DNS of its own.</summary>
public static class Guards
{
    public static OutboundGuard Strict() => New(new OutboundOptions());

    public static OutboundGuard Allowing(params string[] hosts) => New(new OutboundOptions { AllowedHosts = hosts });

    public static OutboundGuard New(OutboundOptions options, IHostResolver? resolver = null, AllowedHosts? allowed = null) =>
        new(new Fixed(options), allowed ?? new AllowedHosts(), resolver ?? new SystemHostResolver());

    private sealed class Fixed(OutboundOptions value) : IOptionsMonitor<OutboundOptions>
    {
        public OutboundOptions CurrentValue => value;

        public OutboundOptions Get(string? name) => value;

        public IDisposable? OnChange(Action<OutboundOptions, string?> listener) => null;
    }
}

/// <summary>Answers each lookup with the next list of addresses, and with the last one from then on.</summary>
public sealed class ScriptedResolver(params IPAddress[][] answers) : IHostResolver
{
    private int asked;

    public int Asked => asked;

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct) =>
        Task.FromResult(answers[Math.Min(Interlocked.Increment(ref asked), answers.Length) - 1]);
}
