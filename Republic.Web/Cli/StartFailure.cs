using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Republic.Core;

namespace Republic.Web.Cli;

/// <summary>What keeps the app from starting through no fault of its own, in words for whoever started it.</summary>
internal static class StartFailure
{
    public static string? Explain(Exception error) =>
        error switch
        {
            StartupRefusedException => error.Message,
            IOException { InnerException: AddressInUseException } =>
                $"{error.Message} Something else listens there, perhaps another copy of Republic. "
                    + "Stop it, or start this one elsewhere: dev/run --urls http://localhost:5081",
            OptionsValidationException wrong => string.Join(' ', wrong.Failures),
            _ => null,
        };
}
