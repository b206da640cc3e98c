using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Republic.Core.Answering.Tools;

namespace Republic.Core.Tools.Servers;

/// <summary>
/// Speaks with tool servers. Each conversation is a new one and short: connect, list, and perhaps one call. A server is offered nothing: no
/// sampling, no questions to the person, no folders. What it was given to know who asks is taken out of all that it says.
/// </summary>
public sealed class ToolServerClient(ToolServerChannels channels, ToolServerRecords records, TimeProvider time)
{
    /// <summary>The end of the sentence that somebody has to sign in, for all pages but that one.</summary>
    public const string PlaceOfSignIn = "Do that on the page of this server, under Tools → Servers.";

    /// <summary>For connecting and listing together.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly string Version = typeof(ToolServerClient).Assembly.GetName().Version?.ToString() ?? "1.0";

    internal async Task<Outcome<ToolListing>> ListAsync(ToolServer server, CancellationToken ct)
    {
        try
        {
            return await ConverseAsync(server, (_, listed, _) => Task.FromResult(listed), ct);
        }
        catch (ToolException refused)
        {
            return Failure.Upstream(refused.Message);
        }
    }

    /// <summary>Reads the tools and saves them, or why they could not be read.</summary>
    internal async Task RefreshAsync(ToolServer server, CancellationToken ct) =>
        await records.SaveAsync(server, await ListAsync(server, ct), ct);

    /// <summary>Calls a tool once, if the server says of it what it said when the call was approved.</summary>
    /// <returns>The text of the result.</returns>
    /// <exception cref="ToolException">There is none, and why.</exception>
    internal Task<string> CallAsync(
        ToolServer server,
        string tool,
        string expectedHash,
        IReadOnlyDictionary<string, object?> arguments,
        CancellationToken ct
    ) =>
        ConverseAsync(
            server,
            async (session, listed, secrets) =>
            {
                var found = listed.Tools.FirstOrDefault(one => one.Name == tool);
                if (found?.Hash != expectedHash)
                {
                    await records.SaveAsync(server, listed, ct);
                    throw new ToolException(
                        found is null
                            ? $"{server.Name} has no tool {tool} any more. Nothing was called."
                            : $"{server.Name} says something else of {tool} now than when it was allowed. Nothing was called; from now on it asks again."
                    );
                }

                // Some servers want arguments in headers too, as the schema says.
                session.AddKnownTools([new Tool { Name = tool, InputSchema = found.InputSchema }]);
                var request = new JsonRpcRequest
                {
                    Method = RequestMethods.ToolsCall,
                    Params = new JsonObject { ["name"] = tool, ["arguments"] = JsonSerializer.SerializeToNode(arguments) },
                };
                var answer = await session.SendRequestAsync(request, ct);
                return ToolAnswer.TextOf(server.Name, answer.Result.Deserialize<JsonElement>(), secrets);
            },
            ct
        );

    private Task<T> ConverseAsync<T>(
        ToolServer server,
        Func<McpClient, ToolListing, ToolServerSecrets, Task<T>> use,
        CancellationToken ct
    ) => ConverseAsync(server, spent: null, use, ct);

    /// <param name="spent">An access token that the server did not take a moment ago; null at first.</param>
    private async Task<T> ConverseAsync<T>(
        ToolServer server,
        string? spent,
        Func<McpClient, ToolListing, ToolServerSecrets, Task<T>> use,
        CancellationToken ct
    )
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        ToolServerChannel? channel = null;
        try
        {
            channel = await channels.OpenAsync(server, spent, either.Token);
            await using var session = await McpClient.CreateAsync(channel.Transport, NewOptions(), loggerFactory: null, either.Token);
            return await SpeakAsync(channel, session, late, use, either.Token);
        }
        // The SDK throws whatever a wrong answer makes it stumble over.
        catch (Exception error) when (error is not ToolException)
        {
            ct.ThrowIfCancellationRequested();
            if (channel?.SpentToken is not { } refused || spent is not null)
            {
                throw await FailureAsync(server, channel, error, ct);
            }

            // Nothing was called yet: it is tried with another token, once.
            spent = refused;
        }
        finally
        {
            if (channel is not null)
            {
                await channel.DisposeAsync();
            }
        }

        return await ConverseAsync(server, spent, use, ct);
    }

    private static async Task<T> SpeakAsync<T>(
        ToolServerChannel channel,
        McpClient session,
        CancellationTokenSource late,
        Func<McpClient, ToolListing, ToolServerSecrets, Task<T>> use,
        CancellationToken ct
    )
    {
        try
        {
            var listed = await ToolListing.ReadAsync(session, channel.Secrets, ct);
            late.CancelAfter(Timeout.InfiniteTimeSpan);
            var used = await use(session, listed, channel.Secrets);
            channel.End();
            return used;
        }
        catch (ToolException)
        {
            channel.End();
            throw;
        }
    }

    private async Task<ToolException> FailureAsync(ToolServer server, ToolServerChannel? channel, Exception error, CancellationToken ct)
    {
        if (channel is null)
        {
            return new ToolException(ToolServerTrouble.Say(server, problem: null, error));
        }

        if (!channel.WantsSignIn)
        {
            // The database keeps none, and one within a secret would hide it from us.
            var words = (await channel.ExplainAsync(error)).Replace("\0", "", StringComparison.Ordinal);
            return new ToolException(channel.Secrets.Hide(words));
        }

        var message = $"{server.Name} wants you to sign in. {PlaceOfSignIn}";
        await records.WantSignInAsync(server, message, ct);
        return new ToolException(message);
    }

    private static McpClientOptions NewOptions() =>
        new()
        {
            ClientInfo = new Implementation { Name = "Republic", Version = Version },
            InitializationTimeout = Patience,
        };
}
