namespace Republic.Tests.Unit.Llama.Templates;

/// <summary>Small templates of our own, each of a style that models' templates have.</summary>
internal static class OwnTemplates
{
    /// <summary>Calls in tags, the tools as lines of JSON in the system message, results within a turn of the user; all in marks that llama.cpp's list does not know.</summary>
    public const string Tagged = """
        {%- set first = messages[0] if messages[0].role == 'system' else none %}
        {%- if tools or first %}
            {{- '<<system>>\n' }}
            {%- if first %}{{- first.content }}{% endif %}
            {%- for tool in tools or [] %}
                {{- '\n' }}{{ tool.function | tojson }}
            {%- endfor %}
            {{- '<<end>>\n' }}
        {%- endif %}
        {%- for message in messages if message.role != 'system' %}
            {%- if message.role == 'tool' %}
                {{- '<<user>>\n<result>\n' + message.content + '\n</result><<end>>\n' }}
            {%- else %}
                {{- '<<' + message.role + '>>\n' + message.content }}
                {%- for call in message.tool_calls or [] %}
                    {%- if message.content or not loop.first %}{{ '\n' }}{% endif %}
                    {{- '<call>\n{"name": "' + call.function.name + '", "arguments": ' }}{{ call.function.arguments | tojson }}{{ '}\n</call>' }}
                {%- endfor %}
                {{- '<<end>>\n' }}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}{{ '<<assistant>>\n' }}{% endif %}
        """;

    /// <summary>One call at a time, which is the whole answer, with its arguments as parameters.</summary>
    public const string Bare = """
        {{- bos_token }}
        {%- for message in messages %}
            {{- '[' + ('ipython' if message.role == 'tool' else message.role) + ']\n' }}
            {%- if loop.first and tools %}{% for tool in tools %}{{ tool | tojson(indent=4) + '\n' }}{% endfor %}{% endif %}
            {%- if message.tool_calls is defined and message.tool_calls is not none %}
                {%- if message.tool_calls | length > 1 %}{{ raise_exception('One call at a time!') }}{% endif %}
                {%- set call = message.tool_calls[0].function %}
                {{- '{"name": "' + call.name + '", "parameters": ' }}{{ call.arguments | tojson }}{{ '}' }}
            {%- else %}
                {{- message.content }}
            {%- endif %}
            {{- eos_token }}
        {%- endfor %}
        {%- if add_generation_prompt %}{{ '[assistant]\n' }}{% endif %}
        """;

    /// <summary>Calls as a JSON array with ids, which must have nine letters; user and assistant by turns; content null beside calls.</summary>
    public const string Listed = """
        {{- bos_token }}
        {%- set state = namespace(turns=0) %}
        {%- for message in messages %}
            {%- if message.role == 'user' or (message.role == 'assistant' and message.tool_calls is not defined) %}
                {%- if (message.role == 'user') != (state.turns % 2 == 0) %}{{ raise_exception('Roles must alternate!') }}{% endif %}
                {%- set state.turns = state.turns + 1 %}
            {%- endif %}
            {%- if message.role == 'user' %}
                {%- if tools %}{{ '[TOOLS]' + tools | tojson + '[/TOOLS]' }}{% endif %}
                {{- '[ASK]' + message.content + '[/ASK]' }}
            {%- elif message.role == 'assistant' and message.content is none %}
                {{- '[CALLS][' }}
                {%- for call in message.tool_calls %}
                    {%- if call.id | length != 9 %}{{ raise_exception('Ids have nine letters!') }}{% endif %}
                    {{- (call.function | tojson)[:-1] + ', "id": "' + call.id + '"}' }}{{ ', ' if not loop.last else ']' }}
                {%- endfor %}
                {{- eos_token }}
            {%- elif message.role == 'assistant' and message.tool_calls is not defined %}
                {{- message.content + eos_token }}
            {%- elif message.role == 'tool' %}
                {{- '[RESULT]{"content": ' + message.content | tojson + ', "call_id": "' + message.tool_call_id + '"}[/RESULT]' }}
            {%- else %}
                {{- raise_exception('No such message!') }}
            {%- endif %}
        {%- endfor %}
        """;

    /// <summary>Arguments have to come as text.</summary>
    public const string TextArguments = """
        {%- for tool in tools or [] %}{{ tool.function.name + '\n' }}{% endfor %}
        {%- for message in messages %}
            {{- '#' + message.role + ' ' + message.content }}
            {%- for call in message.tool_calls or [] %}
                {{- ' !{"name": "' + call.function.name + '", "arguments": ' + (call.function.arguments if call.function.arguments is string else raise_exception('text!')) + '}' }}
            {%- endfor %}
            {{- '\n' }}
        {%- endfor %}
        {%- if add_generation_prompt %}{{ '#assistant ' }}{% endif %}
        """;

    /// <summary>Calls in elements, which is no JSON.</summary>
    public const string Elements = """
        {%- for tool in tools or [] %}{{ tool.function.name + '\n' }}{% endfor %}
        {%- for message in messages %}
            {{- '#' + message.role + ' ' + message.content }}
            {%- for call in message.tool_calls or [] %}
                {{- '<function=' + call.function.name + '>' }}
                {%- for key, value in call.function.arguments | items %}{{ '<' + key + '>' + value + '</' + key + '>' }}{% endfor %}
                {{- '</function>' }}
            {%- endfor %}
            {{- '\n' }}
        {%- endfor %}
        {%- if add_generation_prompt %}{{ '#assistant ' }}{% endif %}
        """;

    /// <summary>Neither tools nor system messages.</summary>
    public const string Plain = """
        {%- for message in messages %}
            {%- if message.role == 'system' %}{{ raise_exception('No system messages!') }}{% endif %}
            {{- '#' + message.role + ' ' + message.content | trim + '\n' }}
        {%- endfor %}
        {%- if add_generation_prompt %}{{ '#assistant ' }}{% endif %}
        """;

    /// <summary>Leaves out what earlier answers thought.</summary>
    public const string Thinking = """
        {%- for message in messages %}
            {%- set text = message.content %}
            {%- if message.role == 'assistant' and not loop.last %}{% set text = text.split('</think>')[-1].lstrip('\n') %}{% endif %}
            {{- '#' + message.role + ' ' + text + '\n' }}
        {%- endfor %}
        {%- if add_generation_prompt %}{{ '#assistant ' }}{% endif %}
        """;

    /// <summary>The last message first, so that no conversation begins as a shorter one does.</summary>
    public const string Reversed = """
        {%- for message in messages | reverse %}{{ '#' + message.role + ' ' + message.content + '\n' }}{% endfor %}
        {%- if add_generation_prompt %}{{ '#assistant ' }}{% endif %}
        """;
}
