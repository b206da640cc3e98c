using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Whether the server can listen where it is to, and who reaches it there.</summary>
internal sealed class PortExamination(Installation installation, IConfiguration configuration) : IExamination
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    public string Check => "ports";

    private bool IsBehindTls =>
        Uri.TryCreate(configuration["Proxy:PublicUrl"], UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct)
    {
        List<Finding> found = [];
        foreach (var address in ListeningAddress.Of(configuration))
        {
            found.Add(await OfAsync(address, ct));
            if (!address.IsHttps && !address.IsOfThisMachineAlone && !IsBehindTls)
            {
                found.Add(
                    Finding.Warning(
                        Check,
                        $"Other machines reach {address.Url} without encryption, passwords included.",
                        "Put a proxy before it that ends TLS, name it in Proxy__PublicUrl and Proxy__Known__0, and listen on localhost alone."
                    )
                );
            }
        }

        return found;
    }

    private async Task<Finding> OfAsync(ListeningAddress address, CancellationToken ct)
    {
        var reach = address.IsOfThisMachineAlone ? "for this machine alone" : "for other machines too";
        if (installation.IsServed || address.Port == 0)
        {
            return Finding.Good(Check, $"Republic listens on {address.Url}, {reach}.");
        }

        return Probe(address) switch
        {
            null => Finding.Good(Check, $"{address.Url} is free, {reach}; Republic does not run there."),
            SocketError.AddressAlreadyInUse => await OfTakenAsync(address, ct),
            SocketError.AccessDenied => Finding.Trouble(
                Check,
                $"This account may not listen on port {address.Port}.",
                "Take a port from 1024 on, or give the right to it, such as CAP_NET_BIND_SERVICE of systemd."
            ),
            var error => Finding.Trouble(
                Check,
                $"This machine cannot listen on {address.Url}: {error}.",
                "Name an address of this machine in --urls, or 0.0.0.0 for all of them."
            ),
        };
    }

    private async Task<Finding> OfTakenAsync(ListeningAddress address, CancellationToken ct) =>
        address.IsHttps ? Finding.Good(Check, $"A program listens on {address.Url}; over HTTPS it was not asked whether that is Republic.")
        : await IsRepublicAsync(address, ct) ? Finding.Good(Check, $"Republic runs on {address.Url}.")
        : Finding.Trouble(
            Check,
            $"Another program listens on {address.Url}, so that Republic cannot start there.",
            "End that program, which ss -ltnp names, or start Republic elsewhere with --urls."
        );

    private static SocketError? Probe(ListeningAddress address)
    {
        try
        {
            using var listener = new TcpListener(address.Ip, address.Port);
            listener.Start();
            return null;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode;
        }
    }

    private async Task<bool> IsRepublicAsync(ListeningAddress address, CancellationToken ct)
    {
        var ip =
            address.Ip.Equals(IPAddress.Any) ? IPAddress.Loopback
            : address.Ip.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : address.Ip;
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            Timeout = AnswerTimeout,
            MaxResponseContentBufferSize = 1 << 16,
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder("http", ip.ToString(), address.Port, "/health/live").Uri);
        // It answers to the names of AllowedHosts alone.
        request.Headers.Host = (configuration["AllowedHosts"] ?? "")
            .Split(';')
            .FirstOrDefault(name => name.Length > 0 && !name.Contains('*'));
        try
        {
            using var answer = await http.SendAsync(request, ct);
            return answer.IsSuccessStatusCode
                && (await answer.Content.ReadAsStringAsync(ct)).Contains("\"live\"", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }
}
