import pytest

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.interceptor import Intercepted


class Echo:
    """Answers with the path it was asked for."""

    def __init__(self):
        self.asked = []

    def send(self, request):
        self.asked.append(request.path)
        return Response(200, request.path)


@pytest.fixture
def echo():
    return Echo()


def ask(transport, path="/x"):
    return transport.send(Request("GET", path))


def marked(mark):
    """Adds to the path on the way in and to the answer on the way out."""

    def intercept(request, handler):
        answer = handler(Request(request.method, request.path + mark))
        return Response(answer.status, answer.body + mark.upper())

    return intercept


def test_without_interceptors_a_request_goes_straight_on(echo):
    assert ask(Intercepted(echo, [])).body == "/x"


def test_the_newest_interceptor_is_the_first_to_see_a_request(echo):
    ask(Intercepted(echo, [marked("-old"), marked("-new")]))
    assert echo.asked == ["/x-new-old"]


def test_the_newest_interceptor_is_the_last_to_see_the_answer(echo):
    assert ask(Intercepted(echo, [marked("-old"), marked("-new")])).body == "/x-new-old-OLD-NEW"


def test_an_interceptor_can_answer_itself(echo):
    assert ask(Intercepted(echo, [lambda _, __: Response(503)])).status == 503


def test_what_an_interceptor_answers_itself_never_arrives(echo):
    ask(Intercepted(echo, [lambda _, __: Response(503)]))
    assert echo.asked == []


def test_an_interceptor_can_ask_twice(echo):
    def twice(request, handler):
        handler(request)
        return handler(request)

    ask(Intercepted(echo, [twice]))
    assert echo.asked == ["/x", "/x"]


def test_an_interceptor_put_in_later_is_used(echo):
    interceptors = []
    transport = Intercepted(echo, interceptors)
    interceptors.append(marked("-new"))
    ask(transport)
    assert echo.asked == ["/x-new"]


def test_an_interceptor_taken_out_is_not_used(echo):
    interceptors = [marked("-old")]
    transport = Intercepted(echo, interceptors)
    interceptors.clear()
    ask(transport)
    assert echo.asked == ["/x"]


def test_an_interceptor_can_take_itself_out_in_the_middle_of_a_request(echo):
    interceptors = []

    def once(request, handler):
        interceptors.remove(once)
        return handler(request)

    interceptors += [marked("-old"), once]
    ask(Intercepted(echo, interceptors))
    assert echo.asked == ["/x-old"]
