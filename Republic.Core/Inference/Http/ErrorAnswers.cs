using Microsoft.AspNetCore.Http;
using Republic.Core.Llama.Grammars;

namespace Republic.Core.Inference.Http;

/// <summary>Turns what goes wrong before an answer begins into an error of OpenAI's shape.</summary>
internal static class ErrorAnswers
{
    public static async Task CatchAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is nobody to answer.
        }
        catch (RequestRefusedException e) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, e.Status, e.Error);
        }
        catch (GrammarException e) when (!http.Response.HasStarted)
        {
            await WriteAsync(
                http,
                400,
                new OpenAiError(
                    $"The schema of response_format, or of a tool, cannot be followed. {e.Message}",
                    "invalid_request_error",
                    "invalid_value"
                )
            );
        }
        catch (InvalidDataException e) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, 422, new OpenAiError(e.Message, "invalid_request_error", "unsuitable_model", "model"));
        }
        catch (DeviceMemoryException e) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, 503, OpenAiError.NoMemory(e));
        }
        catch (OperationCanceledException e) when (!http.Response.HasStarted)
        {
            // Another request needed the model's memory, or its owner took it out.
            await WriteAsync(http, 503, new OpenAiError(e.Message, "server_error", "model_unloaded"));
        }
        catch (InvalidOperationException e) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, 500, new OpenAiError(e.Message, "server_error", "generation_failed"));
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, 500, new OpenAiError($"{e.GetType().Name}: {e.Message}", "server_error", "unexpected"));
        }
    }

    public static async Task WriteAsync(HttpContext http, int status, OpenAiError error)
    {
        http.Response.StatusCode = status;
        if (status == 503)
        {
            http.Response.Headers.RetryAfter = "2";
        }

        await http.Response.WriteAsJsonAsync(new { Error = error }, HostJson.Options, http.RequestAborted);
    }
}
