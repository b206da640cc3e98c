using System.Globalization;
using System.Text;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;
using Republic.Core.Minions;

namespace Republic.Core.Training.Exports;

/// <summary>Writes a Modelfile: https://docs.ollama.com/modelfile.</summary>
internal static class Modelfile
{
    /// <summary>Knows the ends of turns of the commonest form of chat; other templates Ollama recognises by the base's own.</summary>
    private const string ChatMl = """
        {{- range .Messages }}<|im_start|>{{ .Role }}
        {{ .Content }}<|im_end|>
        {{ end }}<|im_start|>assistant

        """;

    private const string Quotes = "\"\"\"";

    public static string Of(string baseName, string adapterName, string systemPrompt, GgufFile header, Minion minion)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"FROM ./{baseName}\nADAPTER ./{adapterName}\n");
        if (header.Text("tokenizer.chat_template")?.Contains("<|im_start|>", StringComparison.Ordinal) == true)
        {
            text.Append(CultureInfo.InvariantCulture, $"TEMPLATE {Quoted(ChatMl)}\n");
            text.Append("PARAMETER stop <|im_end|>\n");
        }

        // A prompt may hold quotes of its own, and three in a row would end the text; there is no escape.
        text.Append(CultureInfo.InvariantCulture, $"SYSTEM {Quoted(systemPrompt.Replace(Quotes, "'''", StringComparison.Ordinal))}\n");
        // Stated in any case: Ollama's own defaults are others than those of the model here.
        var sampling = ModelSampling.Of(header).With(minion.Temperature, minion.TopP);
        text.Append(CultureInfo.InvariantCulture, $"PARAMETER temperature {sampling.Temperature}\nPARAMETER top_p {sampling.TopP}\n");
        if (minion.MaxTokens is { } most)
        {
            text.Append(CultureInfo.InvariantCulture, $"PARAMETER num_predict {most}\n");
        }

        if ((minion.ContextLength ?? header.Number($"{header.Text("general.architecture")}.context_length")) is { } context)
        {
            text.Append(CultureInfo.InvariantCulture, $"PARAMETER num_ctx {context}\n");
        }

        return text.ToString();
    }

    private static string Quoted(string text) => $"{Quotes}{text}{Quotes}";
}
